// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QSet>
#include <QtCore/QStringList>

namespace qproxysql::docs {

/// The files of the project, and the words of its sources, CMake files and scripts. Read once.
class ProjectTree
{
public:
    static const ProjectTree &instance();

    /// \a path: a file or folder, from the root or only the end of it ("config/expected.h"); * stands for
    /// any part of a name.
    bool contains(const QString &path) const;
    /// True for an identifier that a source, a CMake file or a script contains, comments included.
    bool knows(const QString &word) const { return m_words.contains(word); }

    QStringList documents() const; ///< of the root and of docs, from the root
    QStringList sources() const { return m_sources; }
    QString read(const QString &path) const; ///< from the root; empty when there is no such file
    /// The path of a file by the end of it; empty when there is none.
    QString find(const QString &end) const;

private:
    ProjectTree();
    void add(const QString &path);
    void addWords(const QString &text);

    QStringList m_files;
    QStringList m_sources;
    QSet<QString> m_ends; ///< of each path, behind any slash
    QSet<QString> m_words;
};

} // namespace qproxysql::docs
