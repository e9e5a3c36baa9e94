package dev.tidegate.arrow.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** Record batches made by hand. */
final class Batches extends ArrowReader {
    private final Schema schema;
    private final List<Consumer<VectorSchemaRoot>> batches = new ArrayList<>();
    private IOException failure;
    private int next;

    Batches(BufferAllocator allocator, Schema schema) {
        super(allocator);
        this.schema = schema;
        this.dictionaries = new HashMap<>();
    }

    /** @param filler also sets the row count */
    Batches batch(Consumer<VectorSchemaRoot> filler) {
        batches.add(filler);
        return this;
    }

    Batches dictionary(Dictionary dictionary) {
        dictionaries.put(dictionary.getEncoding().getId(), dictionary);
        return this;
    }

    Batches thenFails(IOException e) {
        failure = e;
        return this;
    }

    /** The dictionaries are given, not read. */
    @Override
    protected void initialize() throws IOException {
        var given = dictionaries;
        super.initialize();
        dictionaries = given;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        prepareLoadNextBatch();
        if (next < batches.size()) {
            batches.get(next++).accept(getVectorSchemaRoot());
            return true;
        }
        if (failure != null) {
            throw failure;
        }
        return false;
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    protected void closeReadSource() {}

    @Override
    protected Schema readSchema() {
        return schema;
    }
}
