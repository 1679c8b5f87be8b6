// Tests of JSONCoding.
