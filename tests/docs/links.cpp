// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "docs/links.h"

#include "docs/projecttree.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>

using namespace Qt::StringLiterals;

namespace qproxysql::docs {

QString targetPath(const Document &document, const Document::Link &link)
{
    if (link.target.contains("://"_L1) || link.target.startsWith("mailto:"_L1))
        return {};
    const QString file = link.target.section(u'#', 0, 0);
    if (file.isEmpty())
        return document.path();
    return QDir::cleanPath(QFileInfo(document.path()).path() + u'/' + file);
}

QString faultOfLink(const Document &document, const Document::Link &link)
{
    const QString path = targetPath(document, link);
    if (path.isEmpty())
        return {};
    if (!QFileInfo::exists(QStringLiteral(PROJECT_SOURCES) + u'/' + path) && path != document.path())
        return u"there is no %1"_s.arg(path);
    const Document target = path == document.path() ? document : Document::read(path);
    const QString anchor = link.target.section(u'#', 1);
    if (!anchor.isEmpty() && !target.anchors().contains(anchor))
        return u"%1 has no anchor %2"_s.arg(path, anchor);
    if (!link.section.isEmpty() && !target.headings().contains(link.section))
        return u"%1 has no section \"%2\""_s.arg(path, link.section);
    return {};
}

} // namespace qproxysql::docs
