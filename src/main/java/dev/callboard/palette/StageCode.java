package dev.callboard.palette;

/**
 * The code of a plugin's stages, which is unloaded once nobody holds it any more. Whoever runs it, or has promised a task to
 * run it, holds it. Safe to call from any thread; never blocks.
 */
public interface StageCode {
    /** What is never unloaded: stages without code of a plugin. */
    StageCode PERMANENT = new StageCode() {
        @Override
        public boolean hold() {
            return true;
        }

        @Override
        public void release() {}
    };

    /** Keeps it loaded; false when it is unloaded already, and then the palette has something newer, or nothing. */
    boolean hold();

    /** Gives back one hold. */
    void release();
}
