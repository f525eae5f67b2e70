// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QMap>
#include <QtCore/QString>

#include <span>
#include <utility>

namespace qproxysql {

/// A group of series with one name, as docs/metrics.md documents it.
struct MetricFamily
{
    const char *name; ///< of a counter it ends in "_total"
    const char *help;

    bool isCounter() const { return QByteArrayView(name).endsWith("_total"); }
};

/// Series and their values in Prometheus' text format. Value type.
class MetricsPage
{
public:
    using Labels = QList<std::pair<const char *, QString>>;

    static std::span<const MetricFamily> families();
    static QByteArray label(const char *name, const QString &value); ///< name="value", escaped
    /// name{label="value"}. \a family: one of families().
    static QByteArray series(const char *family, const Labels &labels = {});

    void add(const QByteArray &series, double value);   ///< to the value that it has
    void raise(const QByteArray &series, double value); ///< to \a value, if it is less

    QByteArray toText() const;
    /// The counters of a text that toText() has made. Other lines are ignored.
    static QMap<QByteArray, double> countersOf(const QByteArray &text);
    /// True for what toText() makes, and for an empty text.
    static bool isPage(const QByteArray &text);

private:
    QMap<QByteArray, double> m_values; ///< by series
};

} // namespace qproxysql
