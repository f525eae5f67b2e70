// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "docs/shelltext.h"

#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;

namespace qproxysql::docs {

namespace {

/// Takes a line apart into words and into the operators between commands.
class Splitter
{
public:
    explicit Splitter(const QString &line)
        : m_line(line)
    {
    }

    QList<QStringList> split()
    {
        while (m_at < m_line.size() && !isComment())
            step();
        endCommand();
        return m_commands;
    }

private:
    bool isComment() const { return !m_isInWord && m_line.at(m_at) == u'#'; }

    void step()
    {
        const QChar c = m_line.at(m_at);
        if (c == u'\'' || c == u'"') {
            takeQuoted(c);
        } else if (c == u'$' && m_line.mid(m_at, 2) == "$("_L1) {
            takeSubstitution();
        } else if (c.isSpace()) {
            endWord();
            ++m_at;
        } else if (u"&|;()"_s.contains(c)) {
            endCommand();
            ++m_at;
        } else if (c == u'<' || c == u'>') {
            takeRedirection();
        } else {
            append(m_line.mid(m_at, 1));
            ++m_at;
        }
    }

    void append(const QString &text)
    {
        m_word += text;
        m_isInWord = true;
    }

    void takeQuoted(QChar quote)
    {
        const qsizetype end = m_line.indexOf(quote, m_at + 1);
        append(m_line.mid(m_at + 1, (end < 0 ? m_line.size() : end) - m_at - 1));
        m_at = end < 0 ? m_line.size() : end + 1;
    }

    void takeSubstitution()
    {
        int depth = 0;
        do {
            const QChar c = m_line.at(m_at);
            depth += c == u'(' ? 1 : c == u')' ? -1 : 0;
            append(c);
            ++m_at;
        } while (m_at < m_line.size() && (depth > 0 || m_word.endsWith(u'$')));
    }

    void takeRedirection()
    {
        if (m_word.size() == 1 && m_word.at(0).isDigit())
            m_isInWord = false; // the descriptor
        endWord();
        static const QRegularExpression redirection(u"\\G[<>&]+\\s*[^\\s;|&]*"_s);
        m_at = redirection.match(m_line, m_at).capturedEnd();
    }

    void endWord()
    {
        if (m_isInWord)
            m_words.append(m_word);
        m_word.clear();
        m_isInWord = false;
    }

    void endCommand()
    {
        endWord();
        if (!m_words.isEmpty())
            m_commands.append(m_words);
        m_words.clear();
    }

    const QString m_line;
    qsizetype m_at = 0;
    QString m_word;
    bool m_isInWord = false;
    QStringList m_words;
    QList<QStringList> m_commands;
};

ShellCommand commandOf(QStringList words)
{
    static const QRegularExpression assignment(u"^\\w+="_s);
    ShellCommand command;
    while (!words.isEmpty()) {
        const QString &first = words.constFirst();
        if (first == "for"_L1 || first == "done"_L1 || first == "fi"_L1) {
            words.clear();
        } else if (assignment.match(first).hasMatch()) {
            command.variables.append(words.takeFirst());
        } else if (first == "sudo"_L1) {
            words.remove(0, words.value(1) == "-u"_L1 ? 3 : 1);
        } else if (first == "do"_L1 || first == "if"_L1 || first == "then"_L1) {
            words.removeFirst();
        } else {
            break;
        }
    }
    command.words = words;
    return command;
}

} // namespace

QList<ShellCommand> commandsOf(const QString &line)
{
    QList<ShellCommand> commands;
    for (const QStringList &words : Splitter(line).split())
        commands.append(commandOf(words));
    return commands;
}

QStringList commandLines(const Document::Block &block)
{
    const bool isTranscript = block.language.isEmpty() || block.language == "console"_L1;
    if (!isTranscript && block.language != "sh"_L1 && block.language != "bash"_L1)
        return {};
    QStringList lines;
    bool isContinued = false;
    for (const QString &line : block.lines) {
        const bool isCommand = !isTranscript || line.startsWith("$ "_L1);
        if (!isContinued && !isCommand)
            continue;
        const QString text = isTranscript && !isContinued ? line.mid(2) : line;
        if (isContinued)
            lines.last() += text;
        else
            lines.append(text);
        isContinued = text.endsWith(u'\\');
        if (isContinued)
            lines.last().chop(1);
    }
    return lines;
}

} // namespace qproxysql::docs
