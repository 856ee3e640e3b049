using Stedi.DevStack.Temporal.Common;

namespace Stedi.DevStack.Temporal.Visibility;

/// <summary>Parses list queries: comparisons, IN, BETWEEN, STARTS_WITH, IS [NOT] NULL, AND, OR, NOT, parentheses, GROUP BY, ORDER BY.</summary>
public sealed class QueryParser
{
    private const int MaximumDepth = 200;
    private readonly Func<string, bool> _isKnown;
    private readonly List<QueryToken> _tokens;
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);
    private int _position;
    private int _depth;

    private QueryParser(string query, Func<string, bool> isKnown)
    {
        _isKnown = isKnown;
        _tokens = QueryLexer.Tokens(query);
    }

    /// <exception cref="RequestException">The query is invalid or names an unknown attribute.</exception>
    public static ListQuery Parse(string query, SearchAttributeCatalog attributes) => Parse(query, attributes.IsKnown);

    /// <exception cref="RequestException">The query is invalid or names an unknown attribute.</exception>
    public static ListQuery Parse(string query, Func<string, bool> isKnown) => new QueryParser(query, isKnown).ParseQuery();

    private QueryToken Current => _tokens[_position];

    private ListQuery ParseQuery()
    {
        var hasCondition = Current.Kind != TokenKind.End && !Current.IsKeyword("GROUP") && !Current.IsKeyword("ORDER");
        Func<VisibilityRow, bool> matches = hasCondition ? ParseOr() : static _ => true;
        string? groupBy = null;
        if (TakeKeyword("GROUP"))
        {
            ExpectKeyword("BY");
            groupBy = ParseAttribute();
        }

        if (TakeKeyword("ORDER"))
        {
            // ORDER BY is accepted and ignored: lists are always newest first.
            ExpectKeyword("BY");
            ParseAttribute();
            _ = TakeKeyword("DESC") || TakeKeyword("ASC");
        }

        return Current.Kind == TokenKind.End ? new(matches, groupBy, _named) : throw Unexpected();
    }

    private Func<VisibilityRow, bool> ParseOr()
    {
        var left = ParseAnd();
        while (TakeKeyword("OR"))
        {
            var (first, second) = (left, ParseAnd());
            left = row => first(row) || second(row);
        }

        return left;
    }

    private Func<VisibilityRow, bool> ParseAnd()
    {
        var left = ParseNot();
        while (TakeKeyword("AND"))
        {
            var (first, second) = (left, ParseNot());
            left = row => first(row) && second(row);
        }

        return left;
    }

    private Func<VisibilityRow, bool> ParseNot()
    {
        if (++_depth > MaximumDepth)
        {
            throw RpcErrors.InvalidArgument($"invalid query: more than {MaximumDepth} nested conditions");
        }

        var condition = ParseCondition();
        _depth--;
        return condition;
    }

    private Func<VisibilityRow, bool> ParseCondition()
    {
        if (TakeKeyword("NOT"))
        {
            var negated = ParseNot();
            return row => !negated(row);
        }

        if (TakeSymbol("("))
        {
            var inner = ParseOr();
            ExpectSymbol(")");
            return inner;
        }

        return ParseComparison();
    }

    private Func<VisibilityRow, bool> ParseComparison()
    {
        var attribute = ParseAttribute();
        if (TakeKeyword("IS"))
        {
            var isNegated = TakeKeyword("NOT");
            ExpectKeyword("NULL");
            return row => row[attribute] is null != isNegated;
        }

        if (TakeKeyword("BETWEEN"))
        {
            var low = ParseValue();
            ExpectKeyword("AND");
            var high = ParseValue();
            return row => AttributeComparison.Matches(attribute, row, ">=", low) && AttributeComparison.Matches(attribute, row, "<=", high);
        }

        if (TakeKeyword("STARTS_WITH"))
        {
            var prefix = ParseValue();
            return row => AttributeComparison.StartsWith(row[attribute], prefix.Text);
        }

        var isNot = TakeKeyword("NOT");
        if (TakeKeyword("IN"))
        {
            var values = ParseList();
            return row => values.Any(value => AttributeComparison.Matches(attribute, row, "=", value)) != isNot;
        }

        if (isNot)
        {
            ExpectKeyword("STARTS_WITH");
            var prefix = ParseValue();
            return row => !AttributeComparison.StartsWith(row[attribute], prefix.Text);
        }

        return ParseOperator(attribute);
    }

    private Func<VisibilityRow, bool> ParseOperator(string attribute)
    {
        if (Current.Kind != TokenKind.Symbol || Current.Text is "(" or ")" or ",")
        {
            throw Unexpected();
        }

        var comparison = Take().Text;
        var operand = ParseValue();
        AttributeComparison.Check(attribute, operand);
        return row => AttributeComparison.Matches(attribute, row, comparison, operand);
    }

    private List<QueryToken> ParseList()
    {
        ExpectSymbol("(");
        List<QueryToken> values = [ParseValue()];
        while (TakeSymbol(","))
        {
            values.Add(ParseValue());
        }

        ExpectSymbol(")");
        return values;
    }

    private string ParseAttribute()
    {
        if (Current.Kind is not (TokenKind.Name or TokenKind.Text))
        {
            throw Unexpected();
        }

        var name = Take().Text;
        if (!_isKnown(name))
        {
            throw RpcErrors.InvalidArgument($"invalid query: column name '{name}' is not a valid search attribute");
        }

        _named.Add(name);
        return name;
    }

    private QueryToken ParseValue() => Current.Kind is TokenKind.Text or TokenKind.Number or TokenKind.Name ? Take() : throw Unexpected();

    private QueryToken Take() => _tokens[_position++];

    private bool TakeKeyword(string word) => Current.IsKeyword(word) && ++_position > 0;

    private bool TakeSymbol(string symbol) => Current.IsSymbol(symbol) && ++_position > 0;

    private void ExpectKeyword(string word)
    {
        if (!TakeKeyword(word))
        {
            throw Unexpected(word);
        }
    }

    private void ExpectSymbol(string symbol)
    {
        if (!TakeSymbol(symbol))
        {
            throw Unexpected(symbol);
        }
    }

    private RequestException Unexpected(string? expected = null)
    {
        var found = Current.Kind == TokenKind.End ? "the end" : $"'{Current.Text}'";
        var hint = expected is null ? "" : $", expected {expected}";
        return RpcErrors.InvalidArgument($"invalid query: unexpected {found} at position {Current.Position + 1}{hint}");
    }
}

/// <summary>A parsed list query: its condition, the attribute to group counts by, and the attributes it names.</summary>
public sealed record ListQuery(Func<VisibilityRow, bool> Matches, string? GroupBy, IReadOnlySet<string> Attributes);
