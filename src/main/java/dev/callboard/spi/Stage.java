package dev.callboard.spi;

/**
 * A unit of work. One instance serves one execution and is then dropped, so it may keep state in its fields.
 */
public interface Stage {
    /**
     * Does the work, on a thread that may block.
     *
     * @param context what the stage may know and use: settings, ledger, blobs, progress
     * @param input the output of the previous selected stage; with several previous stages a {@link java.util.Map} from
     *     stage template name to output; for a first stage the task's input, a {@link java.util.List} of
     *     {@code {blob, size, media_type, name}} maps
     * @return the output, JSON-shaped, possibly null
     * @throws StageWait when it can go on only later; see there
     * @throws StageFailure with a sentence for the person who started the task
     * @throws InterruptedException when the execution was cancelled or ran out of time
     * @throws Exception anything else is recorded as a failure that may be tried again
     */
    Object execute(StageContext context, Object input) throws Exception;
}
