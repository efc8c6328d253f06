"""Drawing only what changed, and putting only that on the glass."""
