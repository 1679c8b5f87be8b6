/// The modules of Python's standard library that every session can import.
///
/// Each stands in a file (or folder) of its own as a table of rows; this list is the only place that
/// has to be touched when one is added.
enum StandardModules {
  static let all: [ModuleTable] = [
    MathModule.table, RandomModule.table, TimeModule.table, JSONModule.table,
    OSModule.table, PathModule.table, SystemModule.table, CopyModule.table,
    CollectionsModule.table, IterationModule.table, FunctionToolsModule.table,
    OperatorModule.table, StringModule.table, RegexModule.table,
    EnumModule.table, AbstractModule.table, AbstractCollections.table, DataclassesModule.table,
    ContextModule.table, HeapModule.table, BisectModule.table, IOModule.table, TypingModule.table,
    WarningsModule.table, TypesModule.table, FractionsModule.table, StatisticsModule.table,
    HashModule.table, StructModule.table, DatetimeModule.table, PathlibModule.module,
    GlobModule.table, GlobModule.matchTable, ShutilModule.table, TempfileModule.table,
    CSVModule.table, TextwrapModule.table, PrettyModule.table, LoggingModule.table,
    TracebackModule.table, TimeitModule.table, PlatformModule.table, InspectModule.table,
    NumbersModule.table, UnicodeModule.table, UUIDModule.table, ArgumentParserModule.table,
    Base64Module.table, Base64Module.binaryTable, CollectorModule.table, DecimalModule.table,
    FutureModule.table, ArrayModule.table, CalendarModule.table, KeywordModule.table,
    HTMLModule.table, SecretsModule.table, WeakReferenceModule.table,
  ]

  /// The names of the modules, and where CPython's own files define some of their types.
  static let names: Set<String> = Set(all.map(\.name)).union(["json.encoder", "json.decoder"])
}
