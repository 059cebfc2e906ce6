"""Reading registers and lists into the register: streamed, resumable, and the same again changes nothing."""
