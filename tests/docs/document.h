// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QStringList>

namespace qproxysql::docs {

/// A Markdown file, taken apart as far as it can be checked: links, headings, code. Value type.
class Document
{
public:
    struct Link
    {
        QString target;  ///< as written: a path, an anchor or both, or an address
        QString section; ///< the title that follows in quotes: [page](page.md), "Title"
        int line = 0;
    };
    struct Code
    {
        QString text; ///< between backticks
        int line = 0;
    };
    struct Block
    {
        QString language; ///< empty: none
        QStringList lines;
        int line = 0; ///< of the fence
    };

    /// \a path: from the project's root.
    Document(const QString &path, const QString &text);
    static Document read(const QString &path);

    const QString &path() const { return m_path; }
    QString place(int line) const; ///< "docs/page.md:12"

    const QStringList &headings() const { return m_headings; } ///< without markup
    QStringList anchors() const;                               ///< as forges make them of headings
    const QList<Link> &links() const { return m_links; }
    const QList<Code> &codes() const { return m_codes; }
    const QList<Block> &blocks() const { return m_blocks; } ///< between fences

private:
    void readLine(const QString &text, int line);

    QString m_path;
    QStringList m_headings;
    QList<Link> m_links;
    QList<Code> m_codes;
    QList<Block> m_blocks;
};

} // namespace qproxysql::docs
