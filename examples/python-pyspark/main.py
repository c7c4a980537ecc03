"""Calls a Go guest and a Java library in the Python workers of Spark."""

import os
import sys

import metaffi
import pandas as pd
from metaffi import MetaFFIRuntime, MetaFFITypes
from pyspark.sql import SparkSession
from pyspark.sql.functions import pandas_udf

os.environ["PYSPARK_PYTHON"] = sys.executable  # the Python of the workers

spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", False).getOrCreate()

STRINGS = MetaFFITypes.metaffi_string8_array_type
NUMBERS = MetaFFITypes.metaffi_int64_array_type

go = metaffi.ship(MetaFFIRuntime("go").load_module("texts_MetaFFIGuest"))
lengths_of = go.load_entity("callable=Lengths", [STRINGS], [NUMBERS])

# This JVM belongs to the worker; Spark's is another process.
java = metaffi.ship(MetaFFIRuntime("openjdk").load_module("commons-lang3-3.17.0.jar"))
StringUtils = java["org.apache.commons.lang3.StringUtils"]


@pandas_udf("long")
def lengths(texts: pd.Series) -> pd.Series:
    return pd.Series(lengths_of(texts.to_list()))


@pandas_udf("string")
def initials(texts: pd.Series) -> pd.Series:
    return texts.map(go.Initials)


@pandas_udf("string")
def swapped(texts: pd.Series) -> pd.Series:
    return texts.map(StringUtils.swapCase)


titles = spark.createDataFrame([("The quick brown Fox",), ("jumps over",)], ["title"])
titles.select("title", lengths("title"), initials("title"), swapped("title")).show()
spark.stop()
