package dev.tidegate.server.tsql.parse;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FromParserTest {
    @Test
    void parenthesesAreReadOnceHoweverDeeplyTheyAreNested() {
        String deep = "select * from ((".repeat(60) + "nonsense at the end";
        assertThatThrownBy(() -> BatchParser.parse(deep, true)).isInstanceOf(BatchSyntaxException.class);
    }
}
