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

    private final Scalars scalars;
    private final Predicates predicates;

    Computations(Scalars scalars, Predicates predicates) {
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
        return widest.duck().isInteger() ? asItsOwnType(widest) : widest;
    }

    private Scalar function(Node node) throws Untranslatable {
        String name = node.text("function_name");
        List<Node> arguments = Scalars.arguments(node);
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
        Scalar own = asItsOwnType(argument);
        if (!own.duck().is("INTEGER", "BIGINT", "DECIMAL")) {
            throw new Untranslatable("abs of " + argument.duck());
        }
        return Scalar.of(Tsql.of("ABS({})", own.sql()), own.type(), own.duck());
    }

    private static Scalar arithmetic(String operator, Operand left, Operand right) throws Untranslatable {
        Scalar first = arithmeticOperand(left, right);
        Scalar second = arithmeticOperand(right, left);
        Tsql sql = Tsql.of("({} " + operator + " {})", first.sql(), second.sql());
        if (first.duck().isInteger() && second.duck().isInteger()) {
            Scalar wider = first.duck().precision() >= second.duck().precision() ? first : second;
            return Scalar.of(sql, wider.type(), wider.duck());
        }
        int digits = NumberBounds.ownDigits(first.type());
        int otherDigits = NumberBounds.ownDigits(second.type());
        int scale = NumberBounds.scale(first.type());
        int otherScale = NumberBounds.scale(second.type());
        boolean product = operator.equals("*");
        int resultScale = product ? scale + otherScale : Math.max(scale, otherScale);
        int precision = product ? digits + otherDigits + resultScale : Math.max(digits, otherDigits) + resultScale + 1;
        if (precision + 1 > MAX_PRECISION) {
            throw new Untranslatable("a result of more than " + MAX_PRECISION + " digits");
        }
        return Scalar.of(
                sql,
                TypeInfo.decimal(product ? precision + 1 : precision, resultScale),
                DuckType.decimal(precision, resultScale));
    }

    /** A whole constant takes the type of the other side in DuckDB. */
    private static Scalar arithmeticOperand(Operand operand, Operand other) throws Untranslatable {
        Scalar scalar = asItsOwnType(constant(operand));
        if (operand instanceof Literal
                && other instanceof Scalar column
                && column.duck().is("BIGINT")) {
            scalar = scalar.duck().equals(DuckType.INTEGER)
                    ? Scalar.of(scalar.sql(), TypeInfo.bigint(), DuckType.BIGINT)
                    : scalar;
        }
        if (!scalar.duck().is("INTEGER", "BIGINT", "DECIMAL")) {
            throw new Untranslatable("arithmetic with " + scalar.duck());
        }
        return scalar;
    }

    /** In the server's counterpart of the DuckDB type, so that the server computes in it. */
    private static Scalar asItsOwnType(Scalar scalar) throws Untranslatable {
        if (scalar.fuzzy()) {
            throw new Untranslatable("arithmetic with an exact number seen as a float");
        }
        TypeInfo own = serverType(scalar.duck());
        boolean same = own.sqlType() == scalar.sqlType()
                || own.sqlType() == SqlTypeName.DECIMAL && scalar.sqlType() == SqlTypeName.NUMERIC;
        if (same
                && own.precision() == scalar.type().precision()
                && own.scale() == scalar.type().scale()) {
            return scalar;
        }
        return Scalar.of(Tsql.of("CAST({} AS " + own.toSql() + ")", scalar.sql()), own, scalar.duck());
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
            return constant(literal, TypeInfo.bit(), DuckType.BOOLEAN, literal.value());
        }
        if (literal.value() instanceof BigDecimal number) {
            return number(literal, number);
        }
        if (literal.value() instanceof String text && literal.isFor(DuckType.VARCHAR) && text.length() <= 4_000) {
            return constant(literal, TypeInfo.nvarchar(4_000, null), DuckType.VARCHAR, text);
        }
        if (DuckType.DATE.equals(literal.cast())) {
            try {
                return constant(literal, TypeInfo.date(), DuckType.DATE, LocalDate.parse(literal.text()));
            } catch (DateTimeException e) {
                throw new Untranslatable("a date that is not of the usual form");
            }
        }
        throw new Untranslatable("a constant of a type of its own");
    }

    private static Scalar number(Literal literal, BigDecimal number) throws Untranslatable {
        if (literal.cast() != null) {
            return constant(literal, serverType(literal.cast()), literal.cast(), literal.number());
        }
        if (number.scale() == 0 && number.toBigInteger().bitLength() < Integer.SIZE) {
            return constant(literal, TypeInfo.integer(), DuckType.INTEGER, number.intValueExact());
        }
        if (number.scale() == 0 && number.toBigInteger().bitLength() < Long.SIZE) {
            return constant(literal, TypeInfo.bigint(), DuckType.BIGINT, number.longValueExact());
        }
        int scale = number.scale();
        int precision = Math.max(number.precision(), scale);
        if (scale <= 0 || precision > MAX_PRECISION) {
            throw new Untranslatable("a number of many digits");
        }
        return constant(literal, TypeInfo.decimal(precision, scale), DuckType.decimal(precision, scale), number);
    }

    private static Scalar constant(Literal literal, TypeInfo type, DuckType duck, Object value) throws Untranslatable {
        if (literal.isNull()) {
            throw new Untranslatable("NULL without a type");
        }
        return new Scalar(Tsql.value(type, value), type, duck, false, false);
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
