"""The way from the verdict to the standard: costs and months people give, what if, two sets."""
