"""An embedded NetBox-compatible server over a generated inventory. Imports nothing of the rest."""
