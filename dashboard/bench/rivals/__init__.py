"""What people would write instead, to be timed beside the dashboard: the same charts from the same rows, without the gate."""
