"""The house under load, with its processes killed at any moment: nothing lost, nothing twice, nothing half."""
