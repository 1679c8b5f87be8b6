/// A native that the machine knows by heart.
///
/// The natives that programs call most are answered in the loop for the arguments they usually get,
/// without an argument frame (`Machine+Shortcuts.swift`). A row says so with `shortcut:`; its body
/// stays the one definition of what the native does, for all other arguments and for all errors.
enum Shortcut: UInt8, Sendable {
  case none
  case length, isInstance, character, codePoint, absolute, minimum, maximum
  case listAppend, listPop
  case dictGet, dictSetDefault, dictItems, dictKeys, dictValues
  case setAdd
  case sum, any, all, list, items
  case startsWith, endsWith, isAlphabetic, isDigit, isSpace, lower, upper
  // Calls of types.
  case text, integer, float, range, truth, superObject
}
