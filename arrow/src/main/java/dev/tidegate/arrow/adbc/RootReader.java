package dev.tidegate.arrow.adbc;

import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** One batch that is there already. Used by one thread. */
final class RootReader extends ArrowReader {
    private final VectorSchemaRoot root;
    private final boolean owned;
    private boolean given;

    /** @param owned whether closing the reader closes the batch */
    RootReader(BufferAllocator allocator, VectorSchemaRoot root, boolean owned) {
        super(allocator);
        this.root = root;
        this.owned = owned;
    }

    @Override
    public VectorSchemaRoot getVectorSchemaRoot() {
        return root;
    }

    @Override
    public Map<Long, Dictionary> getDictionaryVectors() {
        return Map.of();
    }

    @Override
    public Dictionary lookup(long id) {
        return null;
    }

    @Override
    public boolean loadNextBatch() {
        boolean first = !given;
        given = true;
        return first;
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    public void close(boolean closeReadSource) {
        closeReadSource();
    }

    @Override
    protected void closeReadSource() {
        if (owned) {
            root.close();
        }
    }

    @Override
    protected Schema readSchema() {
        return root.getSchema();
    }
}
