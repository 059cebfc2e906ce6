"""The committee report: figures gathered from the data, text that names them, and the paper made of both."""
