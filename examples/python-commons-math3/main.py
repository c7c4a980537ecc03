import commons_math3_MetaFFIHost as maths

maths.bind_module_to_code("commons-math3-3.6.1.jar", "openjdk")

statistics = maths.DescriptiveStatistics()
for value in (3, 5, 8, 13):
    statistics.addValue(value)
print(statistics.getMean(), statistics.getMax())

print(round(maths.BrentSolver().solve(100, lambda x: x * x - 2, 0, 2), 6))
print(maths.SimpsonIntegrator().integrate(1000, lambda x: 3 * x * x, 0, 2))
print(round(maths.NormalDistribution(0, 1).cumulativeProbability(1.96), 4))

matrix = maths.MatrixUtils.createRealMatrix([[1, 2], [3, 4]])
print(matrix.transpose().getData(), round(maths.LUDecomposition(matrix).getDeterminant()))
print(maths.Complex(1, 2).multiply(maths.Complex(3, 4)))
print(maths.PolynomialFunction([1, 2, 3]).value(2), maths.ArithmeticUtils.gcd(12, 18))
try:
    maths.MatrixUtils.createRealMatrix([[1, 2], [3]])
except maths.DimensionMismatchException as error:
    print(error.message)
