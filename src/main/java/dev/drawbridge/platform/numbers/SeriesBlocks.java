package dev.drawbridge.platform.numbers;

import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.Transactions;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/**
 * Series values from blocks that this node has taken: each value is handed out once, over all nodes and threads. What
 * is left of a block when the node stops is a gap.
 */
@Component
class SeriesBlocks {

    /**
     * One small transaction for each hundred numbers: a few a second at full load, where single values would make every
     * issuance wait for one hot row. A larger block saves little and makes the gap of a restart larger.
     */
    static final int BLOCK_SIZE = 100;

    private record SeriesOfCompany(CompanyId company, String series) {}

    /** The values from {@code next} on, before {@code end}, are this node's to hand out. */
    private static final class Block {
        private final ReentrantLock lock = new ReentrantLock();
        private long next;
        private long end;
    }

    private final ConcurrentMap<SeriesOfCompany, Block> blocks = new ConcurrentHashMap<>();
    private final Transactions transactions;
    private final SeriesStore store;

    SeriesBlocks(Transactions transactions, SeriesStore store) {
        this.transactions = transactions;
        this.store = store;
    }

    long next(CompanyId company, String series, long startValue) {
        Block block = blocks.computeIfAbsent(new SeriesOfCompany(company, series), _ -> new Block());
        block.lock.lock();
        try {
            if (block.next == block.end) {
                block.next = transactions.separately(
                        company, transaction -> store.takeBlock(transaction, series, startValue, BLOCK_SIZE));
                block.end = block.next + BLOCK_SIZE;
            }
            return block.next++;
        } finally {
            block.lock.unlock();
        }
    }
}
