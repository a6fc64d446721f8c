"""What people set out to do, one module for each: joins the pure phases to the adapters in the right order."""
