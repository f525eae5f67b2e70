// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QString>

#include <vector>

namespace qproxysql::simulation {

/// Panels of lines over the same seconds, as SVG on a white ground.
class Chart
{
public:
    struct Line
    {
        QString name;
        std::vector<double> values; ///< one a second
        int colour = 0;
        bool isDashed = false;
    };

    /// \a first: the second of the first value.
    Chart(const QString &title, int first);
    void addPanel(const QString &title, const QList<Line> &lines);
    QByteArray svg() const;

private:
    void text(double x, double y, const QString &text, const char *attributes = "");
    void grid(double top, double most, qsizetype seconds);
    void draw(const Line &line, double top, double most);

    int m_first;
    QString m_body;
    double m_y = 10;
};

} // namespace qproxysql::simulation
