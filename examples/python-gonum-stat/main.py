import stat_MetaFFIHost as stat

stat.bind_module_to_code("stat_MetaFFIGuest", "go")

heights = [1.5, 1.6, 1.7, 1.8, 1.9]
masses = [50.0, 58.0, 66.0, 75.0, 81.0]
print(stat.Mean(heights, None), round(stat.StdDev(heights, None), 6))
print(round(stat.Mean(heights, masses), 6), round(stat.Correlation(heights, masses, None), 6))

alpha, beta = stat.LinearRegression(heights, masses, None, False)
print(round(alpha, 3), round(beta, 3), round(stat.RSquared(heights, masses, None, alpha, beta), 6))
print(stat.Quantile(0.5, stat.Empirical, heights, None))
print(stat.Histogram(None, [1.4, 1.65, 2.0], heights, None))
try:
    stat.Mean(heights, [1.0])
except RuntimeError as error:
    print(str(error).splitlines()[0])
