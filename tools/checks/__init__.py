"""The checks of `audit`: each one a datum and a pure function over rows, built in or a team's own."""
