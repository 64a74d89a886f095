package dev.lockstep.watch;

/** The words for a store's status that say why its versions are not watched as asked for. */
final class WatchReasons {
    static final String LIST_DENIED = "ListDenied";
    static final String DESCRIBE_DENIED = "DescribeDenied";
    static final String THROTTLED = "Throttled";

    /** The refresh intervals ask for more calls than {@code maxCallsPerHour}. */
    static final String BUDGET_EXCEEDED = "BudgetExceeded";

    /** The interval is stretched so that its calls stay within {@code maxCallsPerHour}. */
    static final String BUDGET_LIMITED = "BudgetLimited";

    private WatchReasons() {}
}
