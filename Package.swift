// swift-tools-version: 6.1
import PackageDescription

// The module map, and what each module may import, is in the doc comment of each module's own file
// (`Sources/<Module>/<Module>.swift`). Arrows only point down.

/// A Swift library target of the house.
func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil
) -> Target {
  .target(name: name, dependencies: dependencies, resources: resources)
}

/// The tests of one module; `TestSupport` holds what several of them share.
func tests(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies,
    exclude: exclude)
}

let bigInt = Target.Dependency.product(name: "BigInt", package: "BigInt")
let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "Swiftlet",
  products: [
    .executable(name: "swiftlet", targets: ["CLI"]),
    .library(name: "TensorCore", targets: ["TensorCore"]),
    .library(name: "NeuralNetworks", targets: ["NeuralNetworks"]),
    .library(name: "Plotting", targets: ["Plotting"]),
    .library(name: "Language", targets: ["Language"]),
    .library(name: "JupyterKernel", targets: ["JupyterKernel"]),
  ],
  dependencies: [
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    // System libraries: header shims only.
    .systemLibrary(
      name: "CZeroMQ", providers: [.apt(["libzmq3-dev"])]),
    .systemLibrary(
      name: "CBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-pthread-dev"])]),
    .systemLibrary(
      name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    // The library.
    .target(name: "CKernels"),
    module("Compute", ["CKernels", "CBLAS"]),
    module("TensorCore", ["Compute", "CZlib"]),
    module("NeuralNetworks", ["TensorCore"]),
    module("Frames"),
    module("Classical", ["Compute", "TensorCore", "Frames"], resources: [.copy("Data")]),

    // What is shown.
    module("JSONCoding"),
    module("Display", ["JSONCoding"]),
    module("Plotting", ["Display"]),
    .target(
      name: "CImages", linkerSettings: [.linkedLibrary("png"), .linkedLibrary("jpeg")]),
    module("Pictures", ["CImages", "Display"]),

    // The language.
    module("Syntax"),
    .target(name: "CThreadState"),
    module("Language", ["Syntax", "CThreadState", bigInt]),
    module(
      "Bindings",
      ["Language", "TensorCore", "NeuralNetworks", "Classical", "Frames", "Display", "Plotting", "Pictures"]),

    // The kernel.
    module("JupyterProtocol", ["Display", "JSONCoding", "CSodium"]),
    module("JupyterKernel", ["JupyterProtocol", "CZeroMQ", "CSQLite"]),
    module(
      "Notebook",
      ["Bindings", "JupyterProtocol", "JSONCoding", "Language", "Syntax", "Display", "Compute"]),
    .target(
      name: "Kernelspec", dependencies: ["JSONCoding"], path: "kernelspec",
      exclude: ["README.md", "draw-logos.sh", "install.sh", "setup.sh"],
      resources: ["kernel.json", "logo-32x32.png", "logo-64x64.png", "logo-svg.svg"].map {
        .embedInCode($0)
      }),
    .executableTarget(
      name: "CLI",
      dependencies: ["Notebook", "Bindings", "Language", "JupyterKernel", "Kernelspec", argumentParser]),

    .executableTarget(
      name: "Benchmarks", dependencies: [
        "Compute", "TensorCore", "NeuralNetworks", "Language", "Syntax", argumentParser,
      ],
      exclude: ["Peers", "Programs"]),

    // The tests.
    .target(name: "TestSupport", dependencies: ["JSONCoding"], path: "Tests/TestSupport"),
    tests("Compute"),
    tests("TensorCore", exclude: ["Golden"]),
    tests("NeuralNetworks", exclude: ["Golden"]),
    tests("Frames", exclude: ["Golden"]),
    tests("Classical", exclude: ["Golden"]),
    tests("JSONCoding"),
    tests("Display", exclude: ["Golden"]),
    tests("Plotting", exclude: ["Snapshots"]),
    tests("Pictures", ["Display"]),
    tests("Syntax", exclude: ["Golden"]),
    tests(
      "Language", ["Syntax", bigInt], exclude: ["Scripts", "Starlark", "SyntaxErrors", "record.py"]),
    tests("Bindings", ["Language"], exclude: ["Scripts", "Golden", "record.py"]),
    tests("JupyterProtocol"),
    tests("JupyterKernel"),
    tests("Notebook", ["Compute", "Language", "Syntax", "Bindings", "Display"]),
    tests("Kernelspec"),
  ]
)
