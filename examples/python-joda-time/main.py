import joda_time_MetaFFIHost as joda

joda.bind_module_to_code("joda-time-2.12.7.jar", "openjdk")

date = joda.LocalDate(2024, 1, 31)
print(date, date.plusMonths(1), date.getDayOfWeek())
print(date < date.plusDays(1), date == joda.LocalDate.parse("2024-01-31"))
print(joda.Days.daysBetween(date, joda.LocalDate(2024, 3, 1)).getDays())

noon = joda.DateTime(2024, 6, 1, 12, 0, joda.DateTimeZone.forID("Europe/Oslo"))
print(noon.withZone(joda.DateTimeZone.UTC))
print(joda.DateTimeFormat.forPattern("d MMM yyyy").withLocale(joda.java_util_Locale.UK).print(noon))
print(joda.Period(1, 30, 0, 0), joda.Duration.standardHours(2))
print(sorted([joda.LocalDate(2024, 3, 1), date])[0])
try:
    joda.LocalDate(2024, 2, 30)
except joda.IllegalFieldValueException as error:
    print(error.message)
