// Tests of JupyterKernel.
