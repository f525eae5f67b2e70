// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/metricsfile.h"

#include "cluster/ctltexts.h"
#include "cluster/metricspage.h"

#include <QtCore/QFileInfo>
#include <QtCore/QSaveFile>

namespace qproxysql {

namespace {

constexpr QFile::Permissions Mode = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup
                                    | QFile::ReadOther;
constexpr qint64 MostBytes = 64 * 1024 * 1024;

} // namespace

Expected<QByteArray> MetricsFile::read() const
{
    if (!QFileInfo::exists(m_path))
        return QByteArray();
    QFile file(m_path);
    if (!QFileInfo(m_path).isFile() || !file.open(QIODevice::ReadOnly))
        return Unexpected(CtlTexts::tr("cannot read %1: %2")
                                  .arg(m_path, file.error() == QFile::NoError
                                                       ? CtlTexts::tr("it is no file")
                                                       : file.errorString()));
    const QByteArray page = file.read(MostBytes);
    if (!MetricsPage::isPage(page))
        return Unexpected(CtlTexts::tr("%1 was not written by \"qproxysql-ctl metrics\": it is "
                                       "left alone. Move it away, or name another file")
                                  .arg(m_path));
    return page;
}

Expected<void> MetricsFile::replace(const QByteArray &page) const
{
    QSaveFile file(m_path);
    // Before the rename, so that the collector can always read it, whatever the umask is.
    if (!file.open(QIODevice::WriteOnly) || file.write(page) != page.size()
        || !file.setPermissions(Mode) || !file.commit())
        return Unexpected(CtlTexts::tr("cannot write %1: %2").arg(m_path, file.errorString()));
    return {};
}

} // namespace qproxysql
