// Tests of JupyterProtocol.
