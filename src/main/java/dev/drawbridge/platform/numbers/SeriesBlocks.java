package dev.drawbridge.platform.numbers;

import dev.drawbridge.platform.database.CompanyId;
import dev.drawbridge.platform.database.Transactions;
import java.util.ArrayDeque;
import java.util.Deque;
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

    private record Values(long first, int count) {}

    /** The values from {@code next} on, before {@code end}, are this node's to hand out, and then the further ones. */
    private static final class Block {
        private final ReentrantLock lock = new ReentrantLock();
        private final Deque<Values> further = new ArrayDeque<>();
        private long next;
        private long end;

        private long left() {
            return end - next + further.stream().mapToLong(Values::count).sum();
        }
    }

    private final ConcurrentMap<SeriesOfCompany, Block> blocks = new ConcurrentHashMap<>();
    private final Transactions transactions;
    private final SeriesStore store;

    SeriesBlocks(Transactions transactions, SeriesStore store) {
        this.transactions = transactions;
        this.store = store;
    }

    long next(CompanyId company, String series, long startValue) {
        Block block = block(company, series);
        block.lock.lock();
        try {
            if (block.next == block.end) {
                Values values = block.further.isEmpty()
                        ? take(company, series, startValue, BLOCK_SIZE)
                        : block.further.remove();
                block.next = values.first();
                block.end = values.first() + values.count();
            }
            return block.next++;
        } finally {
            block.lock.unlock();
        }
    }

    /** Sees to it that so many values can be drawn without a transaction, unless others draw them first. */
    void provide(CompanyId company, String series, long startValue, int count) {
        Block block = block(company, series);
        block.lock.lock();
        try {
            long missing = count - block.left();
            if (missing > 0) {
                block.further.add(take(company, series, startValue, Math.max(BLOCK_SIZE, Math.toIntExact(missing))));
            }
        } finally {
            block.lock.unlock();
        }
    }

    /** Leaves out so many values, and with them what is left of this node's blocks. */
    void skip(CompanyId company, String series, long startValue, int count) {
        Block block = block(company, series);
        block.lock.lock();
        try {
            take(company, series, startValue, count);
            block.further.clear();
            block.next = block.end;
        } finally {
            block.lock.unlock();
        }
    }

    private Block block(CompanyId company, String series) {
        return blocks.computeIfAbsent(new SeriesOfCompany(company, series), _ -> new Block());
    }

    private Values take(CompanyId company, String series, long startValue, int count) {
        return new Values(
                transactions.separately(
                        company, transaction -> store.takeBlock(transaction, series, startValue, count)),
                count);
    }
}
