package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each method of DatabaseMetaData against the embedded server: it answers, or says itself that it is not supported. */
class WholeMetadataTest extends OnEmbeddedServer {
    private static final List<String> TABLE = List.of("demo", "dbo", "one", "%");
    private static final List<String> TWO_TABLES = List.of("demo", "dbo", "one", "demo", "dbo", "two");

    @Test
    void everyMethodAnswers() throws Exception {
        run(
                "CREATE TABLE one (id int IDENTITY PRIMARY KEY, name nvarchar(40) NOT NULL UNIQUE, stamp rowversion)",
                "CREATE TABLE two (id int PRIMARY KEY, one int REFERENCES one (id))");
        List<String> refused = new ArrayList<>();
        int called = 0;
        for (Method method : DatabaseMetaData.class.getMethods()) {
            if (method.getDeclaringClass() == DatabaseMetaData.class) {
                called++;
                try {
                    call(method);
                } catch (InvocationTargetException e) {
                    if (!(e.getCause() instanceof SQLFeatureNotSupportedException)) {
                        refused.add(method.getName() + ": " + e.getCause());
                    }
                }
            }
        }
        assertThat(refused).isEmpty();
        assertThat(called).isGreaterThan(170);
    }

    private void call(Method method) throws Exception {
        Object answer = method.invoke(connection().getMetaData(), arguments(method));
        if (answer instanceof ResultSet rows) {
            try (rows) {
                while (rows.next()) {
                    rows.getObject(1);
                }
            }
        }
    }

    private static Object[] arguments(Method method) {
        Class<?>[] types = method.getParameterTypes();
        List<String> names = types.length == 6 && types[5] == String.class ? TWO_TABLES : TABLE;
        Object[] arguments = new Object[types.length];
        int next = 0;
        for (int i = 0; i < types.length; i++) {
            if (types[i] == String.class) {
                arguments[i] = names.get(next++);
            } else if (types[i] == int.class) {
                arguments[i] = types.length == 5 ? DatabaseMetaData.bestRowSession : ResultSet.TYPE_FORWARD_ONLY;
            } else if (types[i] == boolean.class) {
                arguments[i] = false;
            } else if (types[i] == String[].class) {
                arguments[i] = new String[] {"TABLE", "VIEW"};
            }
        }
        return arguments;
    }
}
