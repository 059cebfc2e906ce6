"""The register of organisations: profiles, identifiers, imports, search."""
