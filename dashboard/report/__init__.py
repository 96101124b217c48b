"""The provider pack: what the Provider profile says, on six pages to hand over."""
