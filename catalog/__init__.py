"""The starter catalog, role profiles and demo company: reviewed data files, read by `services/`."""
