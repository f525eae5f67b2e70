// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/tlsfiles.h"

#include "cluster/ctltexts.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QStringList>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

/// A bundle of all public CAs takes a quarter of a MB.
constexpr qint64 LargestFile = 4 * 1024 * 1024;

QString problemWith(const QString &path)
{
    if (path.isEmpty())
        return {};
    const QString name = QDir::toNativeSeparators(path);
    if (path.contains(u';')) // a ';' separates connect options and cannot be quoted
        return CtlTexts::tr("TLS file %1: a path with ';' cannot be used").arg(name);
    QFile file(path);
    if (QFileInfo(path).isDir())
        return CtlTexts::tr("TLS file %1 cannot be read: it is a folder").arg(name);
    if (!file.open(QIODevice::ReadOnly))
        return CtlTexts::tr("TLS file %1 cannot be read: %2").arg(name, file.errorString());
    if (!file.read(LargestFile).contains("-----BEGIN "))
        return CtlTexts::tr("TLS file %1 is not in PEM form").arg(name);
    return {};
}

} // namespace

QString TlsFiles::problem() const
{
    if (cert.isEmpty() != key.isEmpty())
        return CtlTexts::tr("a client certificate and its key go together: only %1 was given")
                .arg(cert.isEmpty() ? key : cert);
    for (const QString &path : {ca, cert, key}) {
        if (const QString problem = problemWith(path); !problem.isEmpty())
            return problem;
    }
    return {};
}

QString TlsFiles::options() const
{
    QStringList options;
    for (const auto &[name, path] :
         {std::pair(u"SSL_CA="_s, ca), {u"SSL_CERT="_s, cert}, {u"SSL_KEY="_s, key}}) {
        if (!path.isEmpty())
            options.append(name + path);
    }
    return options.join(u';');
}

TlsFiles TlsFiles::absolute() const
{
    const auto from = [](const QString &path) {
        return path.isEmpty() ? path : QFileInfo(path).absoluteFilePath();
    };
    return {from(ca), from(cert), from(key)};
}

TlsFiles TlsFiles::completedBy(const TlsFiles &others) const
{
    const bool hasOwn = !cert.isEmpty() || !key.isEmpty();
    return {ca.isEmpty() ? others.ca : ca, hasOwn ? cert : others.cert, hasOwn ? key : others.key};
}

} // namespace qproxysql
