"%d items" % "three"
