package dev.tidegate.duckdb.push.translate;

import dev.tidegate.duckdb.push.ast.Node;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.tds.type.SqlTypeName;
import dev.tidegate.tds.type.TypeInfo;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Values that the server computes from others, where it computes what DuckDB does. */
final class Computations {
    private static final int MAX_PRECISION = 38;

    /** Digits of the decimals that DuckDB keeps in 64 bits. */
    private static final int LONG_PRECISION = 18;

    private final Rules rules;
    private final Scalars scalars;
    private final Predicates predicates;

    Computations(Rules rules, Scalars scalars, Predicates predicates) {
        this.rules = rules;
        this.scalars = scalars;
        this.predicates = predicates;
    }

    Scalar compute(Node node) throws Untranslatable {
        switch (node.text("class")) {
            case "CASE":
                return cases(node);
            case "OPERATOR":
                return node.text("type").equals("OPERATOR_COALESCE") ? coalesce(node) : condition(node);
            case "COMPARISON", "CONJUNCTION", "BETWEEN":
                return condition(node);
            case "FUNCTION":
                return function(node);
            default:
                throw new Untranslatable("an expression of the form " + node.text("type"));
        }
    }

    /** A condition as a value: true, false or NULL. */
    private Scalar condition(Node node) throws Untranslatable {
        Tsql sql = Tsql.of(
                "CAST(CASE WHEN {} THEN 1 WHEN {} THEN 0 END AS bit)",
                predicates.where(node, true),
                predicates.where(node, false));
        return Scalar.of(sql, TypeInfo.bit(), DuckType.BOOLEAN);
    }

    private Scalar cases(Node node) throws Untranslatable {
        List<Scalar> values = new ArrayList<>();
        List<Tsql> branches = new ArrayList<>();
        for (Node check : node.children("case_checks")) {
            Tsql when = predicates.where(Predicates.child(check, "when_expr"), true);
            Tsql then = branch(scalars.operand(Predicates.child(check, "then_expr")), values);
            branches.add(Tsql.of("WHEN {} THEN {}", when, then));
        }
        Tsql otherwise = branch(scalars.operand(Predicates.child(node, "else_expr")), values);
        Scalar common = common(values);
        return Scalar.of(
                Tsql.of("CASE {} ELSE {} END", Tsql.join(" ", branches), otherwise), common.type(), common.duck());
    }

    private static Tsql branch(Operand operand, List<Scalar> values) throws Untranslatable {
        if (operand instanceof Literal literal && literal.isNull()) {
            return Tsql.text("NULL");
        }
        Scalar scalar = constant(operand);
        values.add(scalar);
        return scalar.sql();
    }

    private Scalar coalesce(Node node) throws Untranslatable {
        List<Scalar> values = new ArrayList<>();
        for (Node child : node.children("children")) {
            values.add(constant(scalars.operand(child)));
        }
        if (values.size() < 2) {
            throw new Untranslatable("COALESCE of one value");
        }
        Scalar common = common(values);
        Tsql list = Tsql.join(", ", values.stream().map(Scalar::sql).toList());
        return Scalar.of(Tsql.of("COALESCE({})", list), common.type(), common.duck());
    }

    /** The type that both engines give to a choice between values; refused where they would differ. */
    private static Scalar common(List<Scalar> values) throws Untranslatable {
        if (values.isEmpty()) {
            throw new Untranslatable("a choice between NULLs");
        }
        Scalar widest = values.get(0);
        for (Scalar value : values) {
            if (value.fuzzy() || value.isCut()) {
                throw new Untranslatable("a choice between values that DuckDB sees otherwise");
            }
            boolean integers = value.duck().isInteger() && widest.duck().isInteger();
            boolean texts = value.duck().isText()
                    && widest.duck().isText()
                    && (value.type().collation() == null
                            || widest.type().collation() == null
                            || value.type().collation().equals(widest.type().collation()));
            boolean same = value.duck().equals(widest.duck()) && value.type().equals(widest.type());
            if (!integers && !texts && !same) {
                throw new Untranslatable("a choice between values of different types");
            }
            if (integers && value.duck().precision() > widest.duck().precision()) {
                widest = value;
            }
            if (texts && value.type().collation() != null) {
                widest = value;
            }
        }
        if (widest.duck().isText()) {
            return Scalar.of(
                    widest.sql(), TypeInfo.nvarchar(TypeInfo.PLP, widest.type().collation()), widest.duck());
        }
        return widest.duck().isInteger() ? integer(values, widest.duck()) : widest;
    }

    /** The type that T-SQL gives to a choice between integers, some of which may be computed as decimals. */
    private static Scalar integer(List<Scalar> values, DuckType duck) {
        int digits = 1;
        boolean decimal = false;
        for (Scalar value : values) {
            digits = Math.max(digits, NumberBounds.ownDigits(value.type()));
            decimal |= value.sqlType() == SqlTypeName.DECIMAL;
        }
        TypeInfo plain = digits > 10 ? TypeInfo.bigint() : TypeInfo.integer();
        return Scalar.of(values.get(0).sql(), decimal ? TypeInfo.decimal(digits, 0) : plain, duck);
    }

    private Scalar function(Node node) throws Untranslatable {
        String name = node.text("function_name");
        List<Node> arguments = Scalars.arguments(node);
        predicates.functions().add(name);
        if (Aggregates.NAMES.contains(name)) {
            return new Aggregates(rules, scalars).compute(node, name, arguments);
        }
        boolean plain = !node.has("filter")
                && !node.flag("distinct")
                && node.text("schema").isEmpty();
        if (plain && arguments.size() == 2 && List.of("+", "-", "*").contains(name)) {
            return arithmetic(name, scalars.operand(arguments.get(0)), scalars.operand(arguments.get(1)));
        }
        if (plain && arguments.size() == 1 && scalars.operand(arguments.get(0)) instanceof Scalar argument) {
            switch (name) {
                case "year", "month", "day":
                    return datePart(
                            name,
                            argument,
                            argument.duck().is("DATE") || argument.duck().isTimestamp());
                case "hour", "minute":
                    return datePart(
                            name,
                            argument,
                            argument.duck().isTimestamp() || argument.duck().isTime());
                case "abs":
                    return absolute(argument);
                default:
            }
        }
        // LIKE and its kin
        return condition(node);
    }

    private static Scalar datePart(String part, Scalar argument, boolean hasIt) throws Untranslatable {
        if (!hasIt) {
            throw new Untranslatable(part + " of " + argument.duck());
        }
        return Scalar.of(Tsql.of("DATEPART(" + part + ", {})", argument.sql()), TypeInfo.integer(), DuckType.BIGINT);
    }

    private static Scalar absolute(Scalar argument) throws Untranslatable {
        Scalar decimal = asDecimal(argument);
        return Scalar.of(Tsql.of("ABS({})", decimal.sql()), decimal.type(), decimal.duck());
    }

    /** In decimals of as many digits as the result can have: whether and when an overflow is an error is the engine's own affair. */
    private static Scalar arithmetic(String operator, Operand left, Operand right) throws Untranslatable {
        Scalar first = arithmeticOperand(left, right);
        Scalar second = arithmeticOperand(right, left);
        boolean product = operator.equals("*");
        TypeInfo type = result(
                product,
                first.type().precision(),
                first.type().scale(),
                second.type().precision(),
                second.type().scale());
        Tsql sql = Tsql.of("({} " + operator + " {})", first.sql(), second.sql());
        DuckType one = first.duck();
        DuckType other = second.duck();
        if (one.isInteger() && other.isInteger()) {
            return Scalar.of(sql, type, one.precision() >= other.precision() ? one : other);
        }
        int scale = product ? one.scale() + other.scale() : Math.max(one.scale(), other.scale());
        int whole = Math.max(one.precision() - one.scale(), other.precision() - other.scale());
        int precision = product ? one.precision() + other.precision() : whole + scale + 1;
        // DuckDB stays in 64 bits if both numbers do, and fails where they are not enough.
        boolean isLong = Math.max(one.precision(), other.precision()) <= LONG_PRECISION && scale < LONG_PRECISION;
        return Scalar.of(sql, type, DuckType.decimal(isLong ? Math.min(precision, LONG_PRECISION) : precision, scale));
    }

    /** A number that fails on the server as well where it has no room in the type in which DuckDB computes it. */
    static Tsql checked(Scalar number) throws Untranslatable {
        boolean isComputed = number.sqlType() == SqlTypeName.DECIMAL
                && (number.duck().isInteger()
                        || number.type().precision() > number.duck().precision());
        return isComputed
                ? Tsql.of("CAST({} AS " + serverType(number.duck()).toSql() + ")", number.sql())
                : number.sql();
    }

    /** The type that T-SQL gives to a product or a sum, which must not be one of cut digits. */
    private static TypeInfo result(boolean product, int precision, int scale, int otherPrecision, int otherScale)
            throws Untranslatable {
        int resultScale = product ? scale + otherScale : Math.max(scale, otherScale);
        int result = 1
                + (product
                        ? precision + otherPrecision
                        : Math.max(precision - scale, otherPrecision - otherScale) + resultScale);
        if (result > MAX_PRECISION) {
            throw new Untranslatable("a result of more than " + MAX_PRECISION + " digits");
        }
        return TypeInfo.decimal(result, resultScale);
    }

    /** A whole constant takes the type of the other side in DuckDB. */
    private static Scalar arithmeticOperand(Operand operand, Operand other) throws Untranslatable {
        Scalar scalar = asDecimal(constant(operand));
        boolean taken = operand instanceof Literal
                && other instanceof Scalar column
                && column.duck().is("BIGINT")
                && scalar.duck().equals(DuckType.INTEGER);
        return taken ? Scalar.of(scalar.sql(), scalar.type(), DuckType.BIGINT) : scalar;
    }

    private static Scalar asDecimal(Scalar scalar) throws Untranslatable {
        if (scalar.fuzzy()) {
            throw new Untranslatable("arithmetic with an exact number seen as a float");
        }
        if (!scalar.duck().is("INTEGER", "BIGINT", "DECIMAL")) {
            throw new Untranslatable("arithmetic with " + scalar.duck());
        }
        if (scalar.sqlType() == SqlTypeName.DECIMAL || scalar.sqlType() == SqlTypeName.NUMERIC) {
            return scalar;
        }
        int scale = NumberBounds.scale(scalar.type());
        TypeInfo decimal = TypeInfo.decimal(NumberBounds.ownDigits(scalar.type()) + scale, scale);
        return Scalar.of(Tsql.of("CAST({} AS " + decimal.toSql() + ")", scalar.sql()), decimal, scalar.duck());
    }

    /** The type in which the server computes what DuckDB computes in {@code type}. */
    static TypeInfo serverType(DuckType type) throws Untranslatable {
        return switch (type.name()) {
            case "UTINYINT" -> TypeInfo.tinyint();
            case "SMALLINT" -> TypeInfo.smallint();
            case "INTEGER" -> TypeInfo.integer();
            case "BIGINT" -> TypeInfo.bigint();
            case "DECIMAL" -> TypeInfo.decimal(type.precision(), type.scale());
            default -> throw new Untranslatable("arithmetic with " + type);
        };
    }

    /** A constant as a value among others. */
    static Scalar constant(Operand operand) throws Untranslatable {
        if (operand instanceof Scalar scalar) {
            return scalar;
        }
        Literal literal = (Literal) operand;
        if (literal.value() instanceof Boolean) {
            return typed(TypeInfo.bit(), DuckType.BOOLEAN, literal.value());
        }
        if (literal.value() instanceof BigDecimal number) {
            return number(literal, number);
        }
        if (literal.value() instanceof String text && literal.isFor(DuckType.VARCHAR) && text.length() <= 4_000) {
            return typed(TypeInfo.nvarchar(4_000, null), DuckType.VARCHAR, text);
        }
        if (DuckType.DATE.equals(literal.cast())) {
            try {
                return typed(TypeInfo.date(), DuckType.DATE, LocalDate.parse(literal.text()));
            } catch (DateTimeException e) {
                throw new Untranslatable("a date that is not of the usual form");
            }
        }
        throw new Untranslatable("a constant of a type of its own");
    }

    private static Scalar number(Literal literal, BigDecimal number) throws Untranslatable {
        if (literal.cast() != null) {
            return typed(serverType(literal.cast()), literal.cast(), literal.number());
        }
        if (number.scale() == 0 && number.toBigInteger().bitLength() < Integer.SIZE) {
            return typed(TypeInfo.integer(), DuckType.INTEGER, number.intValueExact());
        }
        if (number.scale() == 0 && number.toBigInteger().bitLength() < Long.SIZE) {
            return typed(TypeInfo.bigint(), DuckType.BIGINT, number.longValueExact());
        }
        int scale = number.scale();
        int precision = Math.max(number.precision(), scale);
        if (scale <= 0 || precision > MAX_PRECISION) {
            throw new Untranslatable("a number of many digits");
        }
        return typed(TypeInfo.decimal(precision, scale), DuckType.decimal(precision, scale), number);
    }

    private static Scalar typed(TypeInfo type, DuckType duck, Object value) {
        return Scalar.notNull(Tsql.value(type, value), type, duck);
    }

    Scalar cast(Scalar scalar, DuckType type) throws Untranslatable {
        if (type.isText() && scalar.duck().isInteger() && scalar.duck().precision() <= 19) {
            return Scalar.of(
                    Tsql.of("CAST({} AS nvarchar(20))", scalar.sql()), TypeInfo.nvarchar(20, null), DuckType.VARCHAR);
        }
        if (type.is("DATE") && scalar.duck().isTimestamp()) {
            return Scalar.of(Tsql.of("CAST({} AS date)", scalar.sql()), TypeInfo.date(), DuckType.DATE);
        }
        throw new Untranslatable("a cast of " + scalar.duck() + " to " + type);
    }
}
