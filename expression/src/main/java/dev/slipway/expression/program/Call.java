package dev.slipway.expression.program;

import dev.cel.common.exceptions.CelRuntimeException;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import java.util.List;

/// A call of a function: the first of its signatures that takes the arguments gives the value.
final class Call extends Step {
    /// Keeps loops going over what fails: gives true for all that is no bool.
    static final String LENIENT = "@not_strictly_false";

    private final String function;
    private final String overload;
    private final List<CelFunctionBinding> signatures;
    private final Step[] arguments;

    /// @param overload the one signature that the types allow, empty if there may be others
    Call(
            long id,
            String function,
            String overload,
            List<CelFunctionBinding> signatures,
            List<Step> arguments) {
        super(id);
        this.function = function;
        this.overload = overload;
        this.signatures = List.copyOf(signatures);
        this.arguments = arguments.toArray(Step[]::new);
    }

    @Override
    Object run(Frame frame) {
        Object[] values = new Object[arguments.length];
        for (int index = 0; index < values.length; index++) {
            values[index] = arguments[index].value(frame);
            if (values[index] instanceof Fault && !function.equals(LENIENT)) {
                return values[index];
            }
        }
        if (function.equals(LENIENT)) {
            return !Boolean.FALSE.equals(values[0]);
        }
        frame.budget().call(function, values);
        Object result = applied(values);
        frame.budget().made(result);
        return result;
    }

    Object applied(Object... values) {
        try {
            for (CelFunctionBinding signature : signatures) {
                if (takes(signature.getArgTypes(), values)) {
                    return signature.getDefinition().apply(values);
                }
            }
            return Fault.noOverload(function);
        } catch (Budget.Exhausted e) {
            throw e;
        } catch (CelRuntimeException e) {
            return Fault.of(e);
        } catch (CelEvaluationException e) {
            return Fault.of(e);
        } catch (ArithmeticException e) {
            return Fault.invalid(function + ": " + e.getMessage());
        }
    }

    private static boolean takes(List<Class<?>> types, Object... values) {
        if (types.size() != values.length) {
            return false;
        }
        for (int index = 0; index < values.length; index++) {
            if (!types.get(index).isInstance(values[index])) {
                return false;
            }
        }
        return true;
    }

    @Override
    void count(Costs costs, Object value) {
        costs.call(function, overload, value, arguments);
    }
}
