import TestSupport

/// The golden file of that name.
func golden(_ name: String) throws -> GoldenValue {
  try GoldenValue(file: "ClassicalTests/Golden/\(name).json")
}

/// FNV-1a over the bytes of the floats, as `generate.py` has it: equal only if all bits are.
func fingerprint(_ values: [Double]) -> String {
  var result: UInt64 = 0xCBF2_9CE4_8422_2325
  for value in values {
    for shift in stride(from: 0, to: 64, by: 8) {
      result = (result ^ (value.bitPattern >> UInt64(shift) & 0xFF)) &* 0x100_0000_01B3
    }
  }
  let digits = String(result, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}

/// Whether two arrays agree within `tolerance`, absolute plus relative; NaN equals NaN.
func close(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-12) -> Bool {
  a.count == b.count
    && zip(a, b).allSatisfy { x, y in
      (x.isNaN && y.isNaN) || x == y || abs(x - y) <= tolerance * (1 + abs(y))
    }
}
