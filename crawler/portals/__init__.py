"""Portals as data: one TOML file a portal, validated and resolved into a profile."""

from crawler.portals.loader import list_profiles, load_profile, load_profiles, parse_profile
from crawler.portals.model import Channel, Profile

__all__ = ["Channel", "Profile", "list_profiles", "load_profile", "load_profiles", "parse_profile"]
