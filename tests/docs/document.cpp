// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "docs/document.h"

#include "docs/projecttree.h"

#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;

namespace qproxysql::docs {

namespace {

QString withoutMarkup(QString heading)
{
    static const QRegularExpression link(u"\\[([^\\]]*)\\]\\([^)]*\\)"_s);
    return heading.replace(link, u"\\1"_s).remove(u'`').remove(u'*').trimmed();
}

QString anchorOf(const QString &heading)
{
    static const QRegularExpression dropped(u"[^\\w\\- ]"_s,
                                            QRegularExpression::UseUnicodePropertiesOption);
    return heading.toLower().remove(dropped).replace(u' ', u'-');
}

} // namespace

Document::Document(const QString &path, const QString &text)
    : m_path(path)
{
    bool isInBlock = false;
    int number = 0;
    for (const QString &line : text.split(u'\n')) {
        ++number;
        if (line.trimmed().startsWith("```"_L1)) {
            isInBlock = !isInBlock;
            if (isInBlock)
                m_blocks.append({line.trimmed().mid(3), {}, number});
        } else if (isInBlock) {
            m_blocks.last().lines.append(line);
        } else {
            readLine(line, number);
        }
    }
}

Document Document::read(const QString &path)
{
    return Document(path, ProjectTree::instance().read(path));
}

QString Document::place(int line) const
{
    return u"%1:%2"_s.arg(m_path).arg(line);
}

QStringList Document::anchors() const
{
    QStringList anchors;
    for (const QString &heading : m_headings) {
        const QString anchor = anchorOf(heading);
        QString unique = anchor;
        for (int i = 1; anchors.contains(unique); ++i)
            unique = u"%1-%2"_s.arg(anchor).arg(i);
        anchors.append(unique);
    }
    return anchors;
}

void Document::readLine(const QString &text, int line)
{
    static const QRegularExpression heading(u"^#+ (.+)$"_s);
    if (const auto match = heading.match(text); match.hasMatch())
        m_headings.append(withoutMarkup(match.captured(1)));

    // Nothing in a piece of code is a link.
    static const QRegularExpression code(u"(`+)(.+?)\\1"_s);
    QString prose = text;
    for (const QRegularExpressionMatch &match : code.globalMatch(text)) {
        m_codes.append({match.captured(2).trimmed(), line});
        prose.replace(match.capturedStart(), match.capturedLength(),
                      QString(match.capturedLength(), u'x'));
    }
    static const QRegularExpression link(u"\\]\\(([^)\\s]+)\\)(?:, \"([^\"]+)\")?"_s);
    for (const QRegularExpressionMatch &match : link.globalMatch(prose))
        m_links.append({match.captured(1), match.captured(2), line});
}

} // namespace qproxysql::docs
