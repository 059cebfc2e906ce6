"""The demo county and its simulator; imports everyone, imported by no one."""
