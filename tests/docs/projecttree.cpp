// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "docs/projecttree.h"

#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql::docs {

namespace {

const QString root = QStringLiteral(PROJECT_SOURCES) + u'/';

bool isSource(const QString &path)
{
    static const QRegularExpression source(
            u"(\\.(cpp|h|inc|in|cmake|bash|sh)|CMakeLists\\.txt|CMakePresets\\.json)$"
            "|^scripts/|^\\.ci/"_s);
    return source.match(path).hasMatch();
}

} // namespace

const ProjectTree &ProjectTree::instance()
{
    static const ProjectTree tree;
    return tree;
}

ProjectTree::ProjectTree()
{
    constexpr auto all = QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot;
    for (const QString &top : QDir(root).entryList(all)) {
        if (top.startsWith("build"_L1) || top == ".git"_L1)
            continue;
        add(top);
        QDirIterator below(root + top, all, QDirIterator::Subdirectories);
        while (below.hasNext())
            add(below.next().mid(root.size()));
    }
}

void ProjectTree::add(const QString &path)
{
    m_files.append(path);
    for (qsizetype slash = -1;;) {
        m_ends.insert(path.mid(slash + 1));
        slash = path.indexOf(u'/', slash + 1);
        if (slash < 0)
            break;
    }
    if (!isSource(path))
        return;
    m_sources.append(path);
    if (!path.startsWith("tests/docs/"_L1)) // where planted faults are
        addWords(read(path));
}

void ProjectTree::addWords(const QString &text)
{
    qsizetype begin = 0;
    for (qsizetype i = 0; i <= text.size(); ++i) {
        if (i < text.size() && (text.at(i).isLetterOrNumber() || text.at(i) == u'_'))
            continue;
        if (i > begin)
            m_words.insert(text.mid(begin, i - begin));
        begin = i + 1;
    }
}

bool ProjectTree::contains(const QString &path) const
{
    const QString name = path.endsWith(u'/') ? path.chopped(1) : path;
    if (!name.contains(u'*'))
        return m_ends.contains(name);
    const QRegularExpression pattern(QRegularExpression::wildcardToRegularExpression(name));
    return std::any_of(m_ends.cbegin(), m_ends.cend(),
                       [&](const QString &end) { return pattern.match(end).hasMatch(); });
}

QStringList ProjectTree::documents() const
{
    static const QRegularExpression document(u"^(docs/)?[^/]+\\.md$"_s);
    return m_files.filter(document);
}

QString ProjectTree::read(const QString &path) const
{
    QFile file(root + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString ProjectTree::find(const QString &end) const
{
    for (const QString &path : m_files) {
        if (path == end || path.endsWith(u'/' + end))
            return path;
    }
    return {};
}

} // namespace qproxysql::docs
