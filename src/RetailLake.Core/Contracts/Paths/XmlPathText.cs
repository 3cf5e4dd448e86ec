using System.Xml;

namespace RetailLake.Core.Contracts.Paths;

/// <summary>Reads the grammar of <see cref="XmlPath"/>, one path.</summary>
internal ref struct XmlPathText(string text)
{
    private const int LongestPath = 1_000;
    private const int LongestValue = 200;
    private const string NotInValues = "[]|'\"";

    private int at;
    private string problem = "";

    public bool TryField(out XmlPath path, out string found)
    {
        var up = 0;
        var steps = new List<XmlStep>();
        string? attribute = null;
        string? ancestor = null;
        if (IsSound() && text != ".")
        {
            if (text.StartsWith(XmlPath.AncestorAxis, StringComparison.Ordinal))
            {
                at = XmlPath.AncestorAxis.Length;
                ancestor = Name();
            }

            if (ancestor is not null && !More())
            {
                path = new XmlPath(0, steps, null, ancestor);
                found = problem;
                return problem.Length == 0;
            }

            while (problem.Length == 0)
            {
                if (steps.Count == 0 && ancestor is null && text.AsSpan(at).StartsWith(".."))
                {
                    (up, at) = (up + 1, at + 2);
                }
                else if (Peek() == '@')
                {
                    at++;
                    attribute = Name();
                    End();
                    break;
                }
                else
                {
                    steps.Add(Step(allowChildren: false));
                }

                if (!More())
                {
                    break;
                }
            }
        }

        path = new XmlPath(up, steps, attribute, ancestor);
        found = problem;
        return problem.Length == 0;
    }

    public bool TryRecord(out XmlPath path, out string found)
    {
        var steps = new List<XmlStep>();
        if (IsSound())
        {
            do
            {
                steps.Add(Step(allowChildren: true));
            }
            while (problem.Length == 0 && More());
        }

        path = new XmlPath(0, steps, null);
        found = problem;
        return problem.Length == 0;
    }

    private bool IsSound()
    {
        if (text.Length is 0 or > LongestPath)
        {
            problem = text.Length == 0 ? "is empty" : $"is longer than {LongestPath:N0} characters";
        }

        return problem.Length == 0;
    }

    private XmlStep Step(bool allowChildren)
    {
        var name = Name();
        var conditions = new List<XmlCondition>();
        while (problem.Length == 0 && Peek() == '[')
        {
            at++;
            conditions.Add(Condition(allowChildren));
        }

        return new XmlStep(name, conditions);
    }

    private XmlCondition Condition(bool allowChildren)
    {
        var onAttribute = Peek() == '@';
        if (!onAttribute && !allowChildren)
        {
            Fail("has a condition on a child element; a field's path may have conditions on attributes only");
        }

        at += onAttribute ? 1 : 0;
        var name = Name();
        var value = onAttribute && Peek() == '=' ? Value() : null;
        if (Peek() != ']')
        {
            Fail($"needs ']' at character {at + 1}");
        }

        at++;
        return new XmlCondition(onAttribute, name, value);
    }

    private string Value()
    {
        var start = ++at;
        while (at < text.Length && !NotInValues.Contains(text[at]) && !char.IsControl(text[at]))
        {
            at++;
        }

        if (at == start || at - start > LongestValue)
        {
            Fail($"needs a value of 1 to {LongestValue} characters at character {start + 1}, without quotes, brackets and bars");
        }

        return text[start..at];
    }

    private string Name()
    {
        var start = at;
        while (at < text.Length && (at == start ? XmlConvert.IsStartNCNameChar(text[at]) : XmlConvert.IsNCNameChar(text[at])))
        {
            at++;
        }

        if (at == start)
        {
            Fail($"needs a name at character {at + 1}");
        }
        else if (Peek() == ':')
        {
            Fail($"has the prefix '{text[start..at]}'; paths are by local names, so leave it out");
        }

        return text[start..at];
    }

    private bool More()
    {
        if (problem.Length > 0 || at == text.Length)
        {
            return false;
        }

        if (Peek() != '/')
        {
            Fail($"has '{text[at]}' at character {at + 1}, where '/' or the end is expected");
            return false;
        }

        at++;
        return true;
    }

    private void End()
    {
        if (problem.Length == 0 && at != text.Length)
        {
            Fail($"goes on behind an attribute at character {at + 1}");
        }
    }

    private readonly char Peek() => at < text.Length ? text[at] : '\0';

    private void Fail(string what) => problem = problem.Length == 0 ? what : problem;
}
