package dev.tidegate.client.error;

import dev.tidegate.tds.token.ServerMessage;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Set;

/** Makes of the server's error messages the exceptions that java.sql has for them; each is a {@link DatabaseError} as well. */
public final class ServerErrors {
    /** Errors of a login that pass by themselves: failover, throttling, moving of a database. */
    private static final Set<Integer> TRANSIENT = Set.of(40197, 40501, 40613, 10928, 10929, 49918, 49919, 49920);

    private ServerErrors() {}

    /** True for errors after which the same login may succeed a little later. */
    public static boolean isTransient(int number) {
        return TRANSIENT.contains(number);
    }

    /**
     * One exception for the first message, the others chained to it in the server's order.
     *
     * @param messages not empty
     */
    public static SQLException toException(List<ServerMessage> messages, ErrorContext context) {
        SQLException first = toException(messages.get(0), context);
        for (ServerMessage message : messages.subList(1, messages.size())) {
            first.setNextException(toException(message, context));
        }
        return first;
    }

    private static SQLException toException(ServerMessage message, ErrorContext context) {
        String state = SqlStates.of(message.number(), message.severity());
        if (isTransient(message.number())) {
            return new TransientConnection(message, state, context);
        }
        return switch (state.substring(0, 2)) {
            case "22" -> new Data(message, state, context);
            case "23" -> new Integrity(message, state, context);
            case "28" -> new Authorization(message, state, context);
            case "40" -> new Rollback(message, state, context);
            case "42" -> new Syntax(message, state, context);
            case "0A" -> new Unsupported(message, state, context);
            case "HY" -> new LockTimeout(message, state, context);
            case "08" ->
                state.equals(SqlStates.LINK_BROKEN)
                        ? new Broken(message, state, context)
                        : new Connection(message, state, context);
            default -> new Other(message, state, context);
        };
    }

    private static final class Other extends SQLException implements DatabaseError {
        private static final long serialVersionUID = 1L;
        private final transient ServerMessage message;
        private final transient ErrorContext context;

        Other(ServerMessage message, String state, ErrorContext context) {
            super(message.text(), state, message.number());
            this.message = message;
            this.context = context;
        }

        @Override
        public ServerMessage serverMessage() {
            return message;
        }

        @Override
        public ErrorContext context() {
            return context;
        }
    }

    private static final class Data extends SQLDataException implements DatabaseError {
        private static final long serialVersionUID = 1L;
        private final transient ServerMessage message;
        private final transient ErrorContext context;

        Data(ServerMessage message, String state, ErrorContext context) {
            super(message.text(), state, message.number());
            this.message = message;
            this.context = context;
        }

        @Override
        public ServerMessage serverMessage() {
            return message;
        }

        @Override
        public ErrorContext context() {
            return context;
        }
    }

    private static final class Integrity extends SQLIntegrityConstraintViolationException implements DatabaseError {
        private static final long serialVersionUID = 1L;
        private final transient ServerMessage message;
        private final transient ErrorContext context;

        Integrity(ServerMessage message, String state, ErrorContext context) {
            super(message.text(), state, message.number());
            this.message = message;
            this.context = context;
        }

        @Override
        public ServerMessage serverMessage() {
            return message;
        }

        @Override
        public ErrorContext context() {
            return context;
        }
    }

    private static final class Authorization extends SQLInvalidAuthorizationSpecException implements DatabaseError {
        private static final long serialVersionUID = 1L;
        private final transient ServerMessage message;
        private final transient ErrorContext context;

        Authorization(ServerMessage message, String state, ErrorContext context) {
            super(message.text(), state, message.number());
            this.message = message;
            this.context = context;
        }

        @Override
        public ServerMessage serverMessage() {
            return message;
        }

        @Override
        public ErrorContext context() {
            return context;
        }
    }

    private static final class Rollback extends SQLTransactionRollbackException implements DatabaseError {
        private static final long serialVersionUID = 1L;
        private final transient ServerMessage message;
        private final transient ErrorContext context;

        Rollback(ServerMessage message, String state, ErrorContext context) {
            super(message.text(), state, message.number());
            this.message = message;
            this.context = context;
        }

        @Override
        public ServerMessage serverMessage() {
            return message;
        }

        @Override
        public ErrorContext context() {
            return context;
        }
    }

    private static final class Syntax extends SQLSyntaxErrorException implements DatabaseError {
        private static final long serialVersionUID = 1L;
        private final transient ServerMessage message;
        private final transient ErrorContext context;

        Syntax(ServerMessage message, String state, ErrorContext context) {
            super(message.text(), state, message.number());
            this.message = message;
            this.context = context;
        }

        @Override
        public ServerMessage serverMessage() {
            return message;
        }

        @Override
        public ErrorContext context() {
            return context;
        }
    }

    private static final class Unsupported extends SQLFeatureNotSupportedException implements DatabaseError {
        private static final long serialVersionUID = 1L;
        private final transient ServerMessage message;
        private final transient ErrorContext context;

        Unsupported(ServerMessage message, String state, ErrorContext context) {
            super(message.text(), state, message.number());
            this.message = message;
            this.context = context;
        }

        @Override
        public ServerMessage serverMessage() {
            return message;
        }

        @Override
        public ErrorContext context() {
            return context;
        }
    }

    private static final class LockTimeout extends SQLTimeoutException implements DatabaseError {
        private static final long serialVersionUID = 1L;
        private final transient ServerMessage message;
        private final transient ErrorContext context;

        LockTimeout(ServerMessage message, String state, ErrorContext context) {
            super(message.text(), state, message.number());
            this.message = message;
            this.context = context;
        }

        @Override
        public ServerMessage serverMessage() {
            return message;
        }

        @Override
        public ErrorContext context() {
            return context;
        }
    }

    private static final class Broken extends SQLRecoverableException implements DatabaseError {
        private static final long serialVersionUID = 1L;
        private final transient ServerMessage message;
        private final transient ErrorContext context;

        Broken(ServerMessage message, String state, ErrorContext context) {
            super(message.text(), state, message.number());
            this.message = message;
            this.context = context;
        }

        @Override
        public ServerMessage serverMessage() {
            return message;
        }

        @Override
        public ErrorContext context() {
            return context;
        }
    }

    private static final class Connection extends SQLNonTransientConnectionException implements DatabaseError {
        private static final long serialVersionUID = 1L;
        private final transient ServerMessage message;
        private final transient ErrorContext context;

        Connection(ServerMessage message, String state, ErrorContext context) {
            super(message.text(), state, message.number());
            this.message = message;
            this.context = context;
        }

        @Override
        public ServerMessage serverMessage() {
            return message;
        }

        @Override
        public ErrorContext context() {
            return context;
        }
    }

    private static final class TransientConnection extends SQLTransientConnectionException implements DatabaseError {
        private static final long serialVersionUID = 1L;
        private final transient ServerMessage message;
        private final transient ErrorContext context;

        TransientConnection(ServerMessage message, String state, ErrorContext context) {
            super(message.text(), state, message.number());
            this.message = message;
            this.context = context;
        }

        @Override
        public ServerMessage serverMessage() {
            return message;
        }

        @Override
        public ErrorContext context() {
            return context;
        }
    }
}
